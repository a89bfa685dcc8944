using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Health;

namespace Shouwang.Application.Health;

/// <summary>How readings are stored.</summary>
internal sealed class HealthMapping : IEntityTypeConfiguration<Reading>
{
    public void Configure(EntityTypeBuilder<Reading> builder)
    {
        builder.ToTable("health_reading");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Ignore(r => r.Measured);
        builder.HasIndex(r => new { r.Person, r.TakenAt });
        builder.HasIndex(r => r.Origin);
    }
}
