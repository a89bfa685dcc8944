using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Duties;

namespace Shouwang.Application.Duties;

/// <summary>How duties and stand-ins are stored.</summary>
internal sealed class DutiesMapping : IEntityTypeConfiguration<Duty>, IEntityTypeConfiguration<StandIn>
{
    public void Configure(EntityTypeBuilder<Duty> builder)
    {
        builder.ToTable("duties_duty");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.HasIndex(d => new { d.Holder, d.State });
        builder.HasIndex(d => new { d.StandIn, d.State });
        builder.HasIndex(d => new { d.About, d.State });
        builder.HasIndex(d => new { d.State, d.Area, d.Rung });
        builder.HasIndex(d => new { d.State, d.DueAt, d.Id });
        builder.OwnsMany(d => d.Steps, step =>
        {
            step.ToTable("duties_step");
            step.WithOwner().HasForeignKey("DutyId");
            step.HasKey("DutyId", nameof(DutyStep.Line));
            step.Property(s => s.Line).ValueGeneratedNever();
        });
    }

    public void Configure(EntityTypeBuilder<StandIn> builder)
    {
        builder.ToTable("duties_stand_in");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Ignore(s => s.Period);
        builder.HasIndex(s => s.Away);
    }
}
