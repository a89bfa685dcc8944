using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>How consents and mandates are stored.</summary>
internal sealed class ConsentMapping : IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<Mandate>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("people_consent");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Ignore(c => c.Holds);
        builder.HasIndex(c => new { c.Person, c.Purpose });
    }

    public void Configure(EntityTypeBuilder<Mandate> builder)
    {
        builder.ToTable("people_mandate");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Matters).HasConversion<int>();
        builder.HasIndex(m => new { m.Person, m.Agent });
        builder.OwnsMany(m => m.Uses, use =>
        {
            use.ToTable("people_mandate_use");
            use.WithOwner().HasForeignKey("MandateId");
            use.HasKey("MandateId", nameof(MandateUse.Line));
            use.Property(u => u.Line).ValueGeneratedNever();
        });
    }
}
